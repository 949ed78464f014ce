/**
 * The arguments of the Terraform provider's resources that Vedette writes, for tests: their types,
 * and which of them a new resource needs. Read from the provider's schema of August 2026. What can
 * only be read, such as `private_network_ids`, is left out.
 */
export type ValueType = 'string' | 'number' | 'bool' | 'set' | 'map'

export type Resource = {
  needs: readonly string[]
  attributes: Readonly<Record<string, ValueType>>
  /** Blocks inside it. */
  blocks?: Readonly<Record<string, Resource>>
}

export const resources: Readonly<Record<string, Resource>> = {
  exoscale_compute_instance: {
    needs: ['zone', 'name', 'template_id', 'type', 'disk_size'],
    attributes: {
      zone: 'string',
      name: 'string',
      template_id: 'string',
      type: 'string',
      disk_size: 'number',
      anti_affinity_group_ids: 'set',
      block_storage_volume_ids: 'set',
      deploy_target_id: 'string',
      destroy_protected: 'bool',
      elastic_ip_ids: 'set',
      enable_secure_boot: 'bool',
      enable_tpm: 'bool',
      ipv6: 'bool',
      labels: 'map',
      private: 'bool',
      reverse_dns: 'string',
      security_group_ids: 'set',
      ssh_keys: 'set',
      state: 'string',
      user_data: 'string',
    },
    blocks: {
      network_interface: {
        needs: ['network_id'],
        attributes: { network_id: 'string', ip_address: 'string' },
      },
    },
  },
  exoscale_ssh_key: {
    needs: ['name', 'public_key'],
    attributes: { name: 'string', public_key: 'string' },
  },
  exoscale_security_group: {
    needs: ['name'],
    attributes: { name: 'string', description: 'string', external_sources: 'set' },
  },
  exoscale_security_group_rule: {
    needs: ['type', 'protocol'],
    attributes: {
      security_group_id: 'string',
      type: 'string',
      protocol: 'string',
      cidr: 'string',
      user_security_group_id: 'string',
      public_security_group: 'string',
      start_port: 'number',
      end_port: 'number',
      icmp_type: 'number',
      icmp_code: 'number',
      description: 'string',
    },
  },
  exoscale_block_storage_volume: {
    needs: ['zone', 'name'],
    attributes: { zone: 'string', name: 'string', size: 'number', labels: 'map' },
  },
}

export const dataSources: Readonly<Record<string, Resource>> = {
  exoscale_compute_instance: {
    needs: ['zone'],
    attributes: { zone: 'string', id: 'string', name: 'string' },
  },
  exoscale_compute_instance_list: { needs: ['zone'], attributes: { zone: 'string' } },
}
